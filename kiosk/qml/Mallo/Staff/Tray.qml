pragma ComponentBehavior: Bound
import QtQuick
import Qt.labs.platform as Platform
import Mallo.Staff

// Who works in another window is told by the desktop: a new order, one that nobody looks at, a customer who calls.
Item {
    id: tray

    required property StaffModel model
    required property bool watched // the staff window is in front: it rings and flashes itself
    property string told: ""

    signal wanted

    function tell(title: string, body: string): void {
        told = title;
        const icon = desktop.item as Platform.SystemTrayIcon;
        if (icon && icon.available && icon.supportsMessages)
            icon.showMessage(title, body);
    }

    objectName: "tray"

    Connections {
        target: tray.model.alarm

        function onRang(sound: string): void {
            if (tray.watched)
                return;
            const open = qsTr("눌러서 주방 창을 열어 주세요.");
            if (sound === "alarm")
                tray.tell(qsTr("손님이 도움을 불렀어요"), open);
            else if (sound === "urgent")
                tray.tell(qsTr("새 주문 %1건을 아무도 보지 않았어요").arg(tray.model.alarm.count), open);
            else
                tray.tell(qsTr("새 주문 %1건").arg(tray.model.alarm.count), open);
        }
    }

    // Elsewhere (a VNC server, no screen at all) there is no desktop to tell.
    Loader {
        id: desktop
        active: /^(xcb|wayland.*|windows|cocoa)$/.test(Qt.platform.pluginName)

        sourceComponent: Platform.SystemTrayIcon {
            visible: available
            tooltip: qsTr("말로 주방")
            icon.source: Qt.resolvedUrl("tray.png")
            onActivated: tray.wanted()
            onMessageClicked: tray.wanted()
        }
    }
}
