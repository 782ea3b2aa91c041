pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// How it is served.
PagedGrid {
    id: grid

    required property ItemModel item

    columns: Theme.portrait ? 1 : 3
    minCellHeight: Theme.textM * 1.25 + Theme.textS * 2.4 * (Theme.portrait ? 1 : 2) + 2 * Theme.spaceM
    maxCellHeight: minCellHeight * 1.4
    model: item.styles
    delegate: StyleChoice {
        required property int index
        required property string code

        objectName: "style_" + code
        x: grid.cellX(index)
        y: grid.cellY(index)
        width: grid.cellWidth
        height: grid.cellHeight
        visible: grid.shows(index)
        onActed: grid.item.choose_style(code)
    }
}
