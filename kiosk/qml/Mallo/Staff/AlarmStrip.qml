import QtQuick
import Mallo.Components
import Mallo.Staff
import Mallo.Theme

// Nobody has looked at a new order for too long. Any key and any touch says that somebody is here.
Rectangle {
    id: strip

    required property StaffModel model

    objectName: "alarmStrip"
    height: words.height + 2 * Theme.spaceM
    color: Theme.bad
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text

    Icon {
        id: sign
        anchors { left: parent.left; leftMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        name: "bell"
        size: Theme.textL
        color: Theme.signalInk
    }

    Label {
        id: words
        objectName: "alarmText"
        anchors { left: sign.right; leftMargin: Theme.spaceM; right: parent.right; rightMargin: Theme.spaceL; verticalCenter: parent.verticalCenter }
        text: qsTr("새 주문 %1건을 %2초째 아무도 보지 않았어요. 아무 키나 누르거나 화면을 만져 주세요.").arg(strip.model.alarm.count).arg(strip.model.alarm.seconds)
        strong: true
        color: Theme.signalInk
        font.pixelSize: Theme.textL
    }
}
