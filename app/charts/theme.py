"""How every figure looks: the page's typeface, colours that hold for the colour-blind, no drag tools."""

from typing import Any

FONT = "'Pretendard GOV Variable', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif"
LINE_COLOUR = "#0b50d0"
BAR_COLOUR = "#256ef4"
"""Both 4.5:1 and more against white (KRDS primary 60 and 50)."""

LABEL_SIZE = "13px"
GRID_COLOUR = "#e6e8ea"
TEXT_COLOUR = "#33363d"


def styled(plot: Any) -> Any:
    """The figure in the portal's style. Without active tools a finger scrolls the page over it."""
    plot.sizing_mode = "stretch_width"
    plot.toolbar_location = None
    plot.toolbar.logo = None
    plot.toolbar.active_drag = None
    plot.toolbar.active_scroll = None
    plot.outline_line_color = None
    plot.grid.grid_line_color = GRID_COLOUR
    for axis in (*plot.xaxis, *plot.yaxis):
        axis.axis_label_text_font = FONT
        axis.axis_label_text_font_style = "normal"
        axis.major_label_text_font = FONT
        axis.major_label_text_font_size = LABEL_SIZE
        axis.major_label_text_color = TEXT_COLOUR
        axis.axis_line_color = GRID_COLOUR
        axis.major_tick_line_color = None
        axis.minor_tick_line_color = None
    return plot
