import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// One item: what it is and costs, one question at a time (cake, style, ingredients), how many, and into the cart.
Item {
    id: page

    required property CustomerModel model
    readonly property ItemModel item: model.item

    readonly property bool aside: !Theme.portrait && !Theme.lowScreen // what it is stands beside what can be chosen
    readonly property real asideRoom: foot.y - Theme.spaceM

    signal letteringWanted

    Item {
        id: head
        width: page.aside ? page.width * 0.38 : parent.width
        height: Theme.lowScreen ? 0 : page.aside ? page.asideRoom : Math.max(picture.height, words.implicitHeight)
        visible: !Theme.lowScreen

        Picture {
            id: picture
            objectName: "itemPicture"
            readonly property real share: page.item.section === "cake" ? 0.42 : 0.34
            width: page.aside ? Math.min(parent.width, height * 4 / 3) : parent.width * (Theme.largeText ? 0.28 : share)
            height: page.aside ? Math.max(0, Math.min(parent.width * 3 / 4, page.asideRoom - words.implicitHeight - Theme.spaceM)) : width * 3 / 4
            visible: height > 2 * Theme.textL
            source: page.item.picture
            words: page.item.pictureWords
            busy: page.item.drawing
        }

        ItemWords {
            id: words
            x: page.aside ? 0 : picture.width + Theme.spaceM
            y: page.aside ? (picture.visible ? picture.height + Theme.spaceM : 0) : (parent.height - implicitHeight) / 2
            width: parent.width - x
            item: page.item
        }
    }

    Row {
        id: tabs
        readonly property int count: page.item.takesCake ? 3 : 2
        readonly property real each: (width - (count - 1) * spacing) / count
        x: page.aside ? head.width + Theme.spaceL : 0
        y: page.aside || Theme.lowScreen ? 0 : head.height + Theme.spaceM
        width: parent.width - x
        height: Theme.touchTarget
        spacing: Theme.spaceS

        Button {
            objectName: "section_cake"
            visible: page.item.takesCake
            width: parent.each
            text: qsTr("모양")
            checked: page.item.section === "cake"
            kind: checked ? "primary" : "outline"
            checkable: true
            autoExclusive: true
            Accessible.role: Accessible.PageTab
            onActed: page.item.show_section("cake")
        }

        Button {
            objectName: "section_style"
            width: parent.each
            text: qsTr("스타일")
            checked: page.item.section === "style"
            kind: checked ? "primary" : "outline"
            checkable: true
            autoExclusive: true
            Accessible.role: Accessible.PageTab
            onActed: page.item.show_section("style")
        }

        Button {
            objectName: "section_ingredients"
            width: parent.each
            text: qsTr("재료")
            checked: page.item.section === "ingredients"
            kind: checked ? "primary" : "outline"
            checkable: true
            autoExclusive: true
            Accessible.role: Accessible.PageTab
            onActed: page.item.show_section("ingredients")
        }
    }

    Item {
        id: body
        anchors.top: tabs.bottom
        anchors.topMargin: Theme.spaceM
        anchors.bottom: page.aside ? parent.bottom : foot.top
        anchors.bottomMargin: page.aside ? 0 : Theme.spaceM
        x: tabs.x
        width: tabs.width

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
        readonly property real addHeight: Math.max(stepper.implicitHeight, add.implicitHeight)
        anchors.bottom: parent.bottom
        width: page.aside ? head.width : parent.width
        height: page.aside ? stepper.implicitHeight + Theme.spaceS + addHeight : addHeight

        Stepper {
            id: stepper
            objectName: "itemQuantity"
            y: page.aside ? 0 : (parent.height - height) / 2
            what: qsTr("수량")
            suffix: qsTr("개")
            from: 1
            value: page.item.quantity
            onMoved: value => page.item.set_quantity(value)
        }

        Button {
            id: add
            objectName: "addItem"
            x: page.aside ? 0 : stepper.width + Theme.spaceM
            y: parent.height - height
            width: parent.width - x
            height: foot.addHeight
            steady: true
            kind: page.item.canAdd ? "primary" : "outline"
            glyph: page.item.canAdd ? "cart" : ""
            textSize: page.item.canAdd ? Theme.textM : Theme.textS
            text: page.item.soldOut ? qsTr("품절이에요") : !page.item.canAdd ? qsTr("스타일을 골라 주세요") : page.item.editing ? qsTr("바꾸기") : qsTr("담기")
            onActed: page.item.canAdd ? page.model.add_item() : page.item.show_section("style")
        }
    }
}
