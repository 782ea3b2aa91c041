import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// One item: what it is and costs, one question at a time (cake, style, ingredients), how many, and into the cart.
Item {
    id: page

    required property CustomerModel model
    readonly property ItemModel item: model.item

    signal letteringWanted

    Item {
        id: head
        width: parent.width
        height: Math.max(picture.height, words.implicitHeight)

        Picture {
            id: picture
            objectName: "itemPicture"
            height: Math.min(page.height * (page.item.section === "cake" ? 0.3 : 0.22), width * 3 / 4)
            width: Math.min(parent.width * 0.42, page.height * (page.item.section === "cake" ? 0.4 : 0.293))
            source: page.item.picture
            words: page.item.pictureWords
            busy: page.item.drawing
        }

        Column {
            id: words
            x: picture.width + Theme.spaceM
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.spaceS / 2

            Label {
                objectName: "itemName"
                width: parent.width
                text: page.item.name
                strong: true
                font.pixelSize: Theme.textL
            }

            Label {
                objectName: "itemPrice"
                width: parent.width
                text: page.item.price === "" ? qsTr("값을 알아보고 있어요…") : page.item.fromPrice ? qsTr("%1부터").arg(page.item.price) : page.item.price
                strong: true
                color: Theme.primary
                font.pixelSize: Theme.textM
            }

            Label {
                width: parent.width
                visible: page.item.allergens !== ""
                text: qsTr("알레르기: %1").arg(page.item.allergens)
                color: Theme.warn
            }
        }
    }

    Row {
        id: tabs
        readonly property int count: page.item.takesCake ? 3 : 2
        readonly property real each: (width - (count - 1) * spacing) / count
        anchors.top: head.bottom
        anchors.topMargin: Theme.spaceM
        width: parent.width
        height: Theme.touchTarget
        spacing: Theme.spaceS

        Button {
            objectName: "section_cake"
            visible: page.item.takesCake
            width: parent.each
            text: qsTr("모양")
            checked: page.item.section === "cake"
            kind: checked ? "primary" : "outline"
            Accessible.role: Accessible.PageTab
            onActed: page.item.show_section("cake")
        }

        Button {
            objectName: "section_style"
            width: parent.each
            text: qsTr("스타일")
            checked: page.item.section === "style"
            kind: checked ? "primary" : "outline"
            Accessible.role: Accessible.PageTab
            onActed: page.item.show_section("style")
        }

        Button {
            objectName: "section_ingredients"
            width: parent.each
            text: qsTr("재료")
            checked: page.item.section === "ingredients"
            kind: checked ? "primary" : "outline"
            Accessible.role: Accessible.PageTab
            onActed: page.item.show_section("ingredients")
        }
    }

    Item {
        id: body
        anchors.top: tabs.bottom
        anchors.topMargin: Theme.spaceM
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.spaceM
        width: parent.width

        CakeSection {
            anchors.fill: parent
            visible: page.item.section === "cake"
            item: page.item
            onLetteringWanted: page.letteringWanted()
        }

        StyleSection {
            anchors.fill: parent
            visible: page.item.section === "style"
            item: page.item
        }

        IngredientSection {
            anchors.fill: parent
            visible: page.item.section === "ingredients"
            item: page.item
        }
    }

    Item {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.touchTarget * 1.15

        Stepper {
            id: stepper
            objectName: "itemQuantity"
            anchors.verticalCenter: parent.verticalCenter
            what: qsTr("수량")
            suffix: qsTr("개")
            from: 1
            value: page.item.quantity
            onMoved: value => page.item.set_quantity(value)
        }

        Button {
            objectName: "addItem"
            x: stepper.width + Theme.spaceM
            width: parent.width - x
            height: parent.height
            steady: true
            kind: page.item.canAdd ? "primary" : "outline"
            glyph: page.item.canAdd ? "cart" : ""
            textSize: page.item.canAdd ? Theme.textM : Theme.textS
            text: page.item.soldOut ? qsTr("품절이에요") : !page.item.canAdd ? qsTr("스타일을 골라 주세요") : page.item.editing ? qsTr("바꾸기") : qsTr("담기")
            onActed: page.item.canAdd ? page.model.add_item() : page.item.show_section("style")
        }
    }
}
