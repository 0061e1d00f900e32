"""The physical neighbour: Starlette and asyncpg, the same SQL, nothing else. Run by its own venv."""

import contextlib
import os
from pathlib import Path

import asyncpg
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

SQL = Path(os.environ["BENCH_SQL"]).read_text(encoding="utf-8")
COUNT = Path(os.environ["BENCH_SQL_COUNT"]).read_text(encoding="utf-8")


async def liste(request):
    departement, pieces, rent = (
        request.query_params["departement"],
        int(request.query_params["typologie"][1:]),
        int(request.query_params["loyer_max"]) * 100,
    )
    async with request.app.state.pool.acquire() as connection:
        total = await connection.fetchval(COUNT, departement, pieces, rent)
        text = await connection.fetchval(SQL, departement, pieces, rent, 20)
    return Response(f'{{"nombre":{total},"offres":{text}}}', media_type="application/json")


@contextlib.asynccontextmanager
async def life(application):
    application.state.pool = pool = await asyncpg.create_pool(
        host=os.environ["BENCH_HOTE"], user="palier_app", database="palier", min_size=4, max_size=8
    )
    yield
    await pool.close()


app = Starlette(routes=[Route("/api/v1/offres", liste)], lifespan=life)
