"""``/toezeggingen/ID/bewijs.zip``: one promise with all its evidence. What is in it: `monitor.dossier`."""

from fastapi import APIRouter, Request, Response

from monitor.dossier import evidence_of
from monitor.house import House
from monitor.web.errors import Trouble

router = APIRouter(include_in_schema=False)


@router.get("/toezeggingen/{id_}/bewijs.zip")
def evidence(request: Request, id_: str) -> Response:
    house: House = request.app.state.house
    packed = evidence_of(house, id_, house.clock())
    if packed is None:
        raise Trouble(404)
    headers = {"Content-Disposition": f'attachment; filename="toezegging-{id_}.zip"'}
    return Response(packed, media_type="application/zip", headers=headers)
