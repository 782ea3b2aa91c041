pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// What is in it, and how many of each.
PagedGrid {
    id: grid

    required property ItemModel item

    columns: Theme.portrait ? 1 : 2
    spacing: Theme.spaceS
    minCellHeight: Math.max(Theme.touchTarget, Theme.textS * (Theme.portrait ? 2.3 : 3.5)) + 1.5 * Theme.spaceS
    maxCellHeight: minCellHeight * 1.2
    model: item.ingredients
    delegate: IngredientRow {
        required property int index
        required property string code
        required property int count

        objectName: "ingredient_" + code
        amount: count
        x: grid.cellX(index)
        y: grid.cellY(index)
        width: grid.cellWidth
        height: grid.cellHeight
        visible: grid.shows(index)
        onMoved: value => grid.item.set_count(code, value)
    }
}
