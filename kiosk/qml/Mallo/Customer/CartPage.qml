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

    onVisibleChanged: if (visible && cart.count > 0 && model.voice.state === "idle")
        model.voice.announce(qsTr("%1, 모두 %2이에요. 맞으면 주문하기를 눌러 주세요.").arg(cart.spoken).arg(cart.payable))

    Label {
        id: title
        width: parent.width
        height: implicitHeight
        text: qsTr("이대로 주문할까요?")
        strong: true
        font.pixelSize: Theme.textL
    }

    PagedGrid {
        id: grid
        objectName: "lines"
        anchors.top: title.bottom
        anchors.topMargin: Theme.spaceM
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.spaceM
        width: parent.width
        minCellHeight: Theme.textM * 1.2 + Theme.textS * 2.3 + Theme.touchTarget + 2.5 * Theme.spaceM
        maxCellHeight: minCellHeight * 1.1
        model: page.cart.lines
        delegate: CartLine {
            required property int index
            required property int at

            objectName: "line_" + index
            x: grid.cellX(index)
            y: grid.cellY(index)
            width: grid.cellWidth
            height: grid.cellHeight
            visible: grid.shows(index)
            onMoved: value => page.cart.set_quantity(at, value)
            onEdited: page.model.change_line(at)
            onRemoved: page.cart.remove(at)
        }
    }

    Column {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        spacing: Theme.spaceM

        Row {
            width: parent.width
            spacing: Theme.spaceM

            Button {
                objectName: "eatIn"
                width: (parent.width - parent.spacing) / 2
                glyph: "plate"
                text: qsTr("먹고 갈게요")
                checked: page.cart.service === "eat_in"
                kind: checked ? "primary" : "outline"
                Accessible.role: Accessible.RadioButton
                onActed: page.cart.set_service("eat_in")
            }

            Button {
                objectName: "toGo"
                width: (parent.width - parent.spacing) / 2
                glyph: "bag"
                text: qsTr("가져갈게요")
                checked: page.cart.service === "to_go"
                kind: checked ? "primary" : "outline"
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
            height: sum.implicitHeight

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("내실 돈")
                font.pixelSize: Theme.textM
            }

            Label {
                id: sum
                objectName: "payable"
                anchors.right: parent.right
                text: page.cart.payable
                strong: true
                font.pixelSize: Theme.textL
                color: Theme.primary
            }
        }

        Row {
            width: parent.width
            spacing: Theme.spaceM

            Button {
                id: more
                objectName: "addMore"
                height: place.height
                glyph: "plus"
                text: qsTr("더 담기")
                onActed: page.model.show_menu()
            }

            Button {
                id: place
                objectName: "place"
                width: parent.width - more.width - parent.spacing
                height: Theme.touchTarget * 1.25
                steady: true
                kind: "primary"
                glyph: "check"
                textSize: Theme.textL
                enabled: page.cart.canPlace
                text: page.cart.placing ? qsTr("주문하고 있어요…") : qsTr("주문하기")
                onActed: page.cart.place()
            }
        }
    }
}
