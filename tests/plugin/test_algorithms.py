import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)


@pytest.fixture(scope="module")
def provider(arsenaal, qgis_app):
    from arsenaal.algorithms import ArsenaalProvider

    made = ArsenaalProvider()
    QgsApplication.processingRegistry().addProvider(made)
    yield made
    QgsApplication.processingRegistry().removeProvider(made)


def test_every_algorithm_is_findable_and_explained(provider):
    ids = [algorithm.id() for algorithm in provider.algorithms()]
    assert {"arsenaal:check", "arsenaal:import", "arsenaal:plan", "arsenaal:practice"} <= set(ids)
    for algorithm in provider.algorithms():
        assert algorithm.displayName() and algorithm.group() and algorithm.groupId(), algorithm.id()
        assert len(algorithm.tags()) > 3, algorithm.id()
        assert algorithm.icon().availableSizes() or not algorithm.icon().isNull()
        assert type(algorithm.create()) is type(algorithm)
        for parameter in algorithm.parameterDefinitions():
            advanced = parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagAdvanced
            assert parameter.description(), (algorithm.id(), parameter.name())
            assert parameter.help() or not advanced, (algorithm.id(), parameter.name())


def test_help_exists_in_both_languages(provider, plugin_tree):
    for algorithm in provider.algorithms():
        for language in ("nl", "en"):
            page = plugin_tree / "help" / language / f"{algorithm.name()}.html"
            assert "<p>" in page.read_text(encoding="utf-8"), page


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
