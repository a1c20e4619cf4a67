"""The maximal covering problem of spopt: 16 stores, 205 census tracts of San Francisco, 5000 m."""

import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from arsenaal_gis.unsealing import select_places


@pytest.fixture(scope="module")
def stores(shared_data):
    table = pd.read_csv(
        shared_data / "mclp_sf" / "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
    )
    distance = table.pivot(index="DestinationName", columns="name", values="distance")
    people = (
        table.drop_duplicates("DestinationName")
        .set_index("DestinationName")["demand"]
        .reindex(distance.index)
    )
    sites = pd.DataFrame({"kandidaat_id": distance.columns, "baat": 0.0, "kost_eur": 1.0})
    return sites, csr_matrix(distance.to_numpy() <= 5000), people.to_numpy()


# Optima of spopt's own exact model (methods B5).
@pytest.mark.parametrize(("p", "optimum"), [(1, 448255), (2, 671938), (3, 791499), (4, 875247), (5, 927402)])
def test_optimum(stores, p, optimum):
    sites, reach, people = stores
    result = select_places(sites, p, reach=reach, demand=people)
    assert result.covered == optimum
    assert result.gap <= 1e-9
    if p == 4:
        assert result.chosen == ("Store_11", "Store_12", "Store_15", "Store_2")
