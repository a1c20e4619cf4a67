import pytest

from scripts.build_zip import pack, tree


@pytest.fixture(scope="session")
def plugin_folder(tmp_path_factory):
    """The plugin as the zip holds it."""
    return tree(tmp_path_factory.mktemp("zip"))


@pytest.fixture(scope="session")
def plugin_zip(plugin_folder):
    """The installable zip."""
    return pack(plugin_folder, plugin_folder.parent / "arsenaal.zip")
