import QtQuick
import Mallo.Components
import Mallo.Staff
import Mallo.Theme

// Nobody may cook from an old screen without knowing it.
Rectangle {
    id: banner

    required property StaffModel model

    objectName: "lostBanner"
    height: words.height + 2 * Theme.spaceM
    color: Theme.bad
    Accessible.role: Accessible.AlertMessage
    Accessible.name: headline.text

    Icon {
        id: sign
        anchors { left: parent.left; leftMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        name: "warn"
        size: Theme.textXL
        color: Theme.signalInk
    }

    Column {
        id: words
        anchors { left: sign.right; leftMargin: Theme.spaceL; right: parent.right; rightMargin: Theme.spaceL; verticalCenter: parent.verticalCenter }

        Label {
            id: headline
            objectName: "lostText"
            width: parent.width
            text: banner.model.lastUpdate !== "" ? qsTr("연결이 끊겼어요. 이 화면은 %1까지의 주문이에요.").arg(banner.model.lastUpdate)
                                                 : qsTr("연결이 끊겼어요. 주문을 아직 받지 못했어요.")
            strong: true
            color: Theme.signalInk
            font.pixelSize: Theme.textL
        }

        Label {
            width: parent.width
            text: banner.model.connection === "refused" ? qsTr("이 로그인은 더 쓸 수 없어요. ‘나가기’를 누르고 다시 들어와 주세요.")
                : qsTr("새 주문이 와도 보이지 않아요. 다시 연결하고 있어요. 주문은 서버에 남아 있어요.")
            color: Theme.signalInk
            strong: true
        }
    }
}
