pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// What was chosen, where it is eaten, what it costs; the last look before the order is placed.
Item {
    id: page

    required property CustomerModel model
    readonly property CartModel cart: model.cart

    property bool told: false

    // The order and its total are said once a visit, as soon as the figures are right.
    function tell(): void {
        if (visible && !told && cart.priced && cart.count > 0 && model.voice.state === "idle") {
            told = true;
            model.voice.announce(qsTr("%1, 모두 %2이에요. 맞으면 주문하기를 눌러 주세요.").arg(grid.count > 2 ? qsTr("메뉴 %1개").arg(cart.count) : cart.spoken).arg(cart.payable));
        }
    }

    onVisibleChanged: {
        told = false;
        tell();
    }

    Connections {
        target: page.cart

        function onChanged(): void {
            page.tell();
        }
    }

    Label {
        id: title
        width: parent.width
        height: Theme.largeText ? 0 : implicitHeight
        visible: !Theme.largeText
        text: qsTr("이대로 주문할까요?")
        strong: true
        font.pixelSize: Theme.textL
    }

    PagedGrid {
        id: grid
        objectName: "lines"
        anchors.top: title.bottom
        anchors.topMargin: Theme.spaceM
        anchors.bottom: Theme.portrait ? foot.top : parent.bottom
        anchors.bottomMargin: Theme.portrait ? Theme.spaceM : 0
        width: Theme.portrait ? parent.width : parent.width - foot.width - Theme.spaceL
        spacing: Theme.spaceS
        maxCellHeight: minCellHeight
        model: page.cart.lines
        delegate: CartLine {
            required property int index
            required property int at
            required name
            required details
            required price
            required quantity
            required picture
            required soldOut
            required needsStyle
            required fresh

            objectName: "line_" + index
            x: grid.cellX(index)
            y: grid.cellY(index)
            width: grid.cellWidth
            height: grid.heightOf(index)
            visible: grid.shows(index)
            onMoved: value => page.cart.set_quantity(at, value)
            onEdited: page.model.change_line(at)
            onRemoved: page.cart.remove(at)
        }
    }

    Column {
        id: foot
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: Theme.portrait ? parent.width : parent.width * 0.36
        spacing: Theme.spaceM

        Grid {
            id: services
            readonly property real each: columns === 1 ? width : (width - spacing) / 2
            width: parent.width
            columns: Theme.portrait ? 2 : 1
            spacing: Theme.spaceM

            Button {
                objectName: "eatIn"
                width: services.each
                glyph: "plate"
                text: qsTr("먹고 갈게요")
                checked: page.cart.service === "eat_in"
                kind: checked ? "primary" : "outline"
                checkable: true
                autoExclusive: true
                Accessible.role: Accessible.RadioButton
                onActed: page.cart.set_service("eat_in")
            }

            Button {
                objectName: "toGo"
                width: services.each
                glyph: "bag"
                text: qsTr("가져갈게요")
                checked: page.cart.service === "to_go"
                kind: checked ? "primary" : "outline"
                checkable: true
                autoExclusive: true
                Accessible.role: Accessible.RadioButton
                onActed: page.cart.set_service("to_go")
            }
        }

        Item {
            width: parent.width
            visible: page.cart.discount !== ""
            height: reduction.implicitHeight

            Label {
                text: page.cart.reasons !== "" ? page.cart.reasons : qsTr("할인")
                color: Theme.good
                strong: true
            }

            Label {
                id: reduction
                anchors.right: parent.right
                text: page.cart.discount
                color: Theme.good
                strong: true
            }
        }

        Item {
            width: parent.width
            implicitHeight: Theme.portrait ? place.height : place.height + more.height + Theme.spaceM

            Button {
                id: more
                objectName: "addMore"
                width: Theme.portrait ? implicitWidth : parent.width
                height: Theme.portrait ? place.height : implicitHeight
                glyph: "plus"
                text: qsTr("더 담기")
                onActed: page.model.show_menu()
            }

            Button {
                id: place
                objectName: "place"
                x: Theme.portrait ? more.width + Theme.spaceM : 0
                y: parent.height - height
                width: parent.width - x
                height: Math.max(Theme.touchTarget * 1.25, implicitHeight)
                steady: true
                kind: "primary"
                glyph: Theme.largeText || !Theme.portrait ? "" : "check"
                textSize: Theme.largeText || !Theme.portrait || page.model.display.language !== "ko" ? Theme.textM : Theme.textL
                enabled: page.cart.canPlace
                text: page.cart.placing ? qsTr("주문하고 있어요…") : qsTr("%1 주문하기").arg(page.cart.payable)
                onActed: page.cart.place()
            }
        }
    }
}
