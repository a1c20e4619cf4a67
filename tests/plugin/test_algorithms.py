import re
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QUrl


@pytest.fixture(scope="module")
def provider(arsenaal, qgis_app):
    from arsenaal.algorithms import ArsenaalProvider

    made = ArsenaalProvider()
    QgsApplication.processingRegistry().addProvider(made)
    yield made
    QgsApplication.processingRegistry().removeProvider(made)


def test_every_algorithm_is_findable_and_explained(provider):
    algorithms = provider.algorithms()
    ids = [algorithm.id() for algorithm in algorithms]
    assert {"arsenaal:check", "arsenaal:import", "arsenaal:plan", "arsenaal:practice"} <= set(ids)
    assert len(set(ids)) == len(ids) == len({algorithm.displayName() for algorithm in algorithms})
    for algorithm in algorithms:
        assert re.fullmatch("arsenaal:[a-z_]+", algorithm.id())
        assert algorithm.displayName() and algorithm.group(), algorithm.id()
        assert algorithm.groupId() in ("data", "analysis", "products"), algorithm.id()
        assert len(set(algorithm.tags())) > 3, algorithm.id()
        assert not algorithm.flags() & algorithm.Flag.FlagNoThreading, "the window would have to wait"
        assert not algorithm.icon().isNull()
        assert type(algorithm.create()) is type(algorithm)
        assert "<p>" in Path(QUrl(algorithm.helpUrl()).toLocalFile()).read_text(encoding="utf-8")
        for parameter in algorithm.parameterDefinitions():
            assert parameter.description(), (algorithm.id(), parameter.name())
            assert parameter.help(), (algorithm.id(), parameter.name())


def test_help_exists_in_both_languages(provider, plugin_tree):
    pages = {
        language: {path.stem for path in (plugin_tree / "help" / language).glob("*.html")}
        for language in ("nl", "en")
    }
    assert {algorithm.name() for algorithm in provider.algorithms()} <= pages["nl"] == pages["en"]
    for algorithm in provider.algorithms():
        dutch, english = (
            (plugin_tree / "help" / language / f"{algorithm.name()}.html").read_text(encoding="utf-8")
            for language in ("nl", "en")
        )
        assert "<p>" in dutch and "<p>" in english and dutch != english, algorithm.id()


def test_feedback_bridge_shares_and_cancels(provider):
    from arsenaal.algorithms.feedback import FeedbackProgress
    from arsenaal.arsenaal_gis.errors import Cancelled

    feedback = QgsProcessingFeedback()
    progress = FeedbackProgress(feedback)
    progress.stage("zicht", 4)
    progress.advance()
    assert feedback.progress() == 25.0
    progress.advance(9)
    assert feedback.progress() == 100.0
    feedback.cancel()
    with pytest.raises(Cancelled):
        progress.check()


def test_a_wrong_date_is_refused_before_anything_runs(provider, wijk):
    algorithm = provider.algorithm("plan").create()
    good, message = algorithm.checkParameterValues(
        {"WIJK": str(wijk), "PEILDATUM": "30-6-2025"}, QgsProcessingContext()
    )
    assert not good
    assert "2025-06-30" in message
    good, _ = algorithm.checkParameterValues(
        {"WIJK": str(wijk), "PEILDATUM": "2025-06-30"}, QgsProcessingContext()
    )
    assert good


def test_an_error_of_the_library_is_a_message(provider, tmp_path):
    (tmp_path / "wijk.toml").write_text("[wijk\n", encoding="utf-8")
    algorithm = provider.algorithm("plan").create()
    feedback = QgsProcessingFeedback()
    with pytest.raises(QgsProcessingException, match="Not valid TOML.*Correct the file"):
        algorithm.run({"WIJK": str(tmp_path / "wijk.toml")}, QgsProcessingContext(), feedback, {}, False)
