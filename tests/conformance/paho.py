"""Runs one of Eclipse Paho's interoperability suites against a port: paho.py SUITE.py PORT.

The suites are fetched, never kept here. Both read the port from the command line, and then give the same command line to unittest, which does not
know it: that is all this file mends.
"""
import os
import runpy
import sys
import unittest

suite, port = sys.argv[1], sys.argv[2]
sys.path.insert(0, os.path.dirname(os.path.abspath(suite)))
sys.argv = [suite, "-p", port]
run = unittest.main
unittest.main = lambda *_, **__: run(module="__main__", argv=[suite])
runpy.run_path(suite, run_name="__main__")
