"""The files of communication: stories, videos, newsletters, press, channels and the site's figures."""

from umbel.communication.models import (
    ArticleSeries,
    Channel,
    ChannelCount,
    Issue,
    Newsletter,
    Portrayal,
    PressItem,
    SiteFigure,
    Story,
    Video,
)
from umbel.core.exchange.sheets import part, sheet

sheet("article_series", ArticleSeries, format="csv")
sheet("stories", Story, parts=[part("portrayals", Portrayal, key=["organisation"])])
sheet("videos", Video)
sheet("newsletters", Newsletter, format="csv")
sheet("issues", Issue, format="csv")
sheet("press", PressItem, format="csv")
sheet("channels", Channel, parts=[part("counts", ChannelCount, key=["date"])])
sheet("site_figures", SiteFigure, key=["measure", "date"], format="csv")
