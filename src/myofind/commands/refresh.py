"""`myofind refresh`: what changed at ClinicalTrials.gov since each fact was recorded, as an edit to review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from myofind.commands import fetching, options
from myofind.commands.common import FINDINGS, OK, evaluation_day, exits, language_and_format, print_report, tell
from myofind.commands.fetching import Target, declared, target
from myofind.commands.harvest import Harvest, RecordsFrom, code_of
from myofind.commands.options import option
from myofind.domain.trial import Source
from myofind.language import worded
from myofind.registers import applying
from myofind.registers.session import RefreshReport, Session, Terms, counts, numbers
from myofind.registers.transport import Settings
from myofind.registry.read import read_registry
from myofind.writers.refresh import changelog_line
from myofind.writers.terminal import remark

if TYPE_CHECKING:
    from myofind.words.wording import Lang

FORMATS = ("table", "json", "markdown")


@exits
def command(
    ids: Annotated[list[str] | None, Argument(metavar="[ID]...", help="Only these trials; default all.")] = None,
    saved: fetching.From = None,
    write: Annotated[bool, option("--write", "Write the proposal into the registry file.")] = False,
    only_drift: Annotated[
        bool, option("--only-drift", "Leave out trials whose status is only confirmed on a later day.")
    ] = False,
    strict: Annotated[bool, option("--strict", "Exit 1 where anything drifted or was not found.")] = False,
    force: Annotated[bool, option("--force", "Also write facts a recorded conflict holds back.")] = False,
    texts_read: Annotated[
        bool, option("--texts-read", "The changed criteria, titles and conditions have been read.")
    ] = False,
    as_of: fetching.AsOf = None,
    source: fetching.SourceId = "ctgov",
    source_title: fetching.SourceTitle = None,
    source_publisher: fetching.SourcePublisher = None,
    source_url: fetching.SourceUrl = None,
    at: fetching.At = None,
    form: Annotated[str, options.form_option(FORMATS)] = "table",
    registry: options.Registry = None,
    base_url: fetching.Base = None,
    user_agent: fetching.Agent = None,
    delay: fetching.Delay = 1.2,
    timeout: fetching.Timeout = 30.0,
    batch: fetching.Batch = 50,
    lang: options.Language = "en",
) -> int:
    """Compare the registry with ClinicalTrials.gov. Fact by fact; it is written only on --write.

    Exit codes: 0 compared, 1 drift (--strict), 2 unusable input, 4 the register could not be asked.
    """
    language = language_and_format(lang, form, FORMATS)
    cited = Source(source, source_title, source_publisher, fetching.day_option(as_of), url=source_url)
    given = RecordsFrom(saved, cited, at, Settings(base_url, user_agent, delay, timeout, batch))
    file = declared(target(registry, write=write), cited)
    session = Session(file.read.trials(), file.sources, Terms(force, texts_read, only_drift))
    harvest, outcome = _compared(session, given, file, ids or [])
    outcome = _write(file, session, outcome, language) if write and outcome.complete else outcome
    print_report(form, "refresh", outcome, language)
    if harvest.stopped:
        return code_of(harvest.stopped)
    return FINDINGS if strict and (counts(outcome)["drifted"] or outcome.failed or outcome.refused) else OK


def _compared(session: Session, given: RecordsFrom, file: Target, ids: list[str]) -> tuple[Harvest, RefreshReport]:
    """The records asked for, and what they say to the trials of the registry."""
    asked = session.asked(ids)
    harvest = given.harvest([numbers(trial)[0] for trial in asked])
    met = session.meet(asked, harvest.found)
    return harvest, RefreshReport(
        registry={key: file.read.header[key] for key in ("name", "version", "as_of")},
        source=given.source.id,
        proposals=met.proposals,
        names={trial.id: trial.name for trial in session.trials},
        read=met.read,
        failed=harvest.failures(met.absent if ids else ()),
        absent=0 if ids else len(set(met.absent) - dict(harvest.failed).keys()),
        unlisted=met.unlisted,
        complete=harvest.stopped is None,
    )


def _write(file: Target, session: Session, outcome: RefreshReport, lang: Lang) -> RefreshReport:
    """Write what can be written, in one step; gives back the outcome with what was done."""
    result = applying.apply(file.read, outcome.proposals, session.again, file.sources)
    if result.changed:
        file.write(result.data)
        _tell_errors(file.name, result)
        tell(file.name, (f"facts up to {result.as_of}", f"faits jusqu'au {result.as_of}"))
        line = changelog_line(outcome, result.changed, lang)
        remark((f"for the changelog: {line}", f"pour le journal des changements : {line}"))
    return outcome._replace(written=result.changed, refused=result.refused)


def _tell_errors(name: str, result: applying.Written) -> None:
    """Say what `validate` finds wrong in the trials that were changed: a register may contradict itself."""
    from myofind.checks.run import check

    report = check(read_registry(result.data, name), evaluation_day(None))
    for finding in report.findings:
        if finding.severity == "error" and finding.trial in result.changed:
            line, column = finding.position
            remark(f"{name}:{line}:{column}: {finding.trial}{worded((':', ' :'))} {finding.message} [{finding.rule}]")
