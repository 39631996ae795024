"""Schemathesis asks the API what its document allows and what it does not, in this process.

``WARTA_SCHEMATHESIS_EXAMPLES`` sets how many questions of each kind an address is asked.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from web.api.catalogue import ENDPOINTS

EXAMPLES = int(os.environ.get("WARTA_SCHEMATHESIS_EXAMPLES", "15"))

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def api(app: Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", [endpoint.path for endpoint in ENDPOINTS])
def test_no_answer_is_an_error_of_ours_or_outside_the_document(
    api: Any, path: str, mode: GenerationMode
) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=api[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        # Asked without a network, it does not unpack what it says that it accepts.
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()
