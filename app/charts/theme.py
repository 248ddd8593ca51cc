"""How every figure looks: the page's typeface, colours that hold for the colour-blind, no drag tools."""

from typing import Any

FONT = "'Pretendard GOV Variable', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif"
LINE_COLOUR = "#0b50d0"
BAR_COLOUR = "#256ef4"
"""Both 4.5:1 and more against white (KRDS primary 60 and 50)."""
OTHER_COLOUR = "#6d7882"
"""What is left over (그 밖): no value of its own. 4.5:1 against white (KRDS gray 60)."""
BREAK_COLOUR = "#b15c00"
SERIES_COLOURS = ("#0b50d0", "#c2410c", "#00786f", "#8a3ffc", "#a8326f", "#6f6012", "#00677f", "#4c5157")
"""Told apart by the colour-blind in this order (after Okabe and Ito, 2008, darkened to 3:1 and more on white)."""
SEXES_COLOURS = ("#0b50d0", "#c2410c")
SHADES = ("#e9f0fb", "#c6d8f5", "#9dbcef", "#6f9be6", "#3d76d9", "#0b50d0", "#083a96")
"""From little to much: lightness alone tells them apart."""
NOTHING_COLOUR = "#f4f5f6"
EDGE_COLOUR = "#8a949e"

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
