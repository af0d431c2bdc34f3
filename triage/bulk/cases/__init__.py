"""How files become typed columns, judged as ``triage.cases`` judges a single case.

``tokens`` (what a cell says), ``staging`` (records as plain lines), ``intake`` (typed columns, and which rows are no
case), ``texts`` (columns of text), ``json_texts``; put together by ``sources``.
"""
