pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// How it is served.
PagedGrid {
    id: grid

    required property ItemModel item

    spacing: Theme.spaceS
    maxCellHeight: minCellHeight * 1.4
    model: item.styles
    delegate: StyleChoice {
        required property int index
        required property string code
        required name
        required line
        required price
        required chosen

        objectName: "style_" + code
        x: grid.cellX(index)
        y: grid.cellY(index)
        width: grid.cellWidth
        height: grid.heightOf(index)
        visible: grid.shows(index)
        onActed: grid.item.choose_style(code)
    }
}
