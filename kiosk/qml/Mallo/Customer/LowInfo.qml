import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// The upper part of a low screen: nothing to touch, only what helps from afar.
Rectangle {
    id: info

    required property CustomerModel model
    readonly property bool onItem: model.page === "item"

    color: Theme.quiet

    Item {
        anchors.fill: parent
        anchors.margins: Theme.spaceL
        visible: info.onItem

        Picture {
            id: picture
            height: parent.height
            width: Math.min(height * 4 / 3, parent.width * 0.5)
            source: info.model.item.picture
            words: info.model.item.pictureWords
            busy: info.model.item.drawing
            around: info.color
        }

        ItemWords {
            x: picture.width + Theme.spaceL
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter
            item: info.model.item
        }
    }

    Column {
        visible: !info.onItem
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.spaceL
        spacing: Theme.spaceM

        Label {
            width: parent.width
            text: qsTr("말로 파티스리")
            strong: true
            font.pixelSize: Theme.textL
            color: Theme.primary
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: parent.width
            text: qsTr("누르는 곳은 모두 아래쪽에 있어요.")
            font.pixelSize: Theme.textM
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: parent.width
            visible: info.model.cart.count > 0 && info.model.page !== "placed"
            text: qsTr("담은 메뉴 %1개 · %2").arg(info.model.cart.count).arg(info.model.cart.payable)
            font.pixelSize: Theme.textM
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
