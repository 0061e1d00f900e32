"""API of allocations for the back office of a landlord: the same acts, rights and refusals as the pages."""

from ninja import Router

from palier.web.apps.attributions.api.logements import router as logements
from palier.web.apps.attributions.api.suites import router as suites

router = Router()
router.add_router("", logements)
router.add_router("", suites)
