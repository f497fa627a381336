"""Bytes and YAML text become located nodes, bounded; a file is the old one or the new one."""
