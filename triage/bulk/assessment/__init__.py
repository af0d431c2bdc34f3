"""What follows from a case, as columns.

Each module says in SQL what its namesake of ``triage.assessment`` or ``triage.logic`` defines (in brackets where that
has another name): ``truths`` (``evaluation``), ``pending``, ``likeness``, ``standings`` (``grading``), ``lines``
(``ranking``), ``nerves``, ``urgency``, ``paths``. They are put together by ``summary`` (flat columns), ``full`` (an
``Assessment``) and ``statement``.
"""
