pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// What is in it, and how many of each.
PagedGrid {
    id: grid

    required property ItemModel item

    spacing: Theme.spaceS
    maxCellHeight: minCellHeight * 1.25
    model: item.ingredients
    delegate: IngredientRow {
        required property int index
        required property string code
        required property int count
        required name
        required each
        required allergens
        required maximum
        required changed

        objectName: "ingredient_" + code
        amount: count
        x: grid.cellX(index)
        y: grid.cellY(index)
        width: grid.cellWidth
        height: grid.heightOf(index)
        visible: grid.shows(index)
        onMoved: value => grid.item.set_count(code, value)
    }
}
