"""The smallest Typer program that prints a rich table: what `match` is measured against."""

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def main() -> None:
    table = Table("trial", "verdict")
    table.add_row("NCT00000001", "match")
    Console().print(table)


if __name__ == "__main__":
    app()
