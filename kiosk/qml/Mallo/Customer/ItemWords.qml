import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// What the item is called, costs, and may do to whom.
Column {
    id: words

    required property ItemModel item

    spacing: Theme.spaceS / 2

    Label {
        objectName: "itemName"
        width: parent.width
        text: words.item.name
        strong: true
        font.pixelSize: Theme.largeText ? Theme.textM : Theme.textL
    }

    Label {
        objectName: "itemPrice"
        width: parent.width
        text: words.item.price === "" ? qsTr("값을 알아보고 있어요…") : words.item.fromPrice ? qsTr("%1부터").arg(words.item.price) : words.item.price
        strong: true
        color: Theme.primary
        font.pixelSize: Theme.textM
    }

    Label {
        width: parent.width
        // Large text shows it with style and ingredients: the look of a cake adds none.
        visible: words.item.allergens !== "" && (words.item.section !== "cake" || !Theme.largeText)
        text: qsTr("알레르기: %1").arg(words.item.allergens)
        color: Theme.warn
    }

    Label {
        width: parent.width
        visible: words.item.takesCake && (words.item.section === "cake" || !Theme.largeText)
        second: true
        text: qsTr("그림은 실물과 다를 수 있어요.")
    }
}
