import QtQuick
import QtQuick.Templates as T
import Mallo.Theme

// Whatever can be pressed: acts on release (sliding off does nothing), on Space and on Enter, and once per tremor.
T.AbstractButton {
    id: control

    property bool steady: false // a second tap within Theme.tremor does nothing
    property real radius: Theme.radius

    readonly property bool pressable: true
    // What the voice guide says of it: its name, what is known of it, and whether it is chosen.
    readonly property string aloud: [Accessible.name, Accessible.description, !enabled ? qsTr("지금은 누를 수 없어요") : !checkable ? "" : checked ? qsTr("골라져 있어요") : qsTr("골라져 있지 않아요")].filter(part => part !== "").join(". ")

    signal acted

    function act(): void {
        if (steady && rest.running)
            return;
        if (steady)
            rest.start();
        acted();
    }

    function sayItself(): void {
        Guide.tell(aloud);
    }

    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    hoverEnabled: false
    font.family: Theme.family
    font.pixelSize: Theme.textS
    font.weight: Theme.bold
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: click()
    Keys.onReturnPressed: event => { if (!event.isAutoRepeat) click(); }
    Keys.onEnterPressed: event => { if (!event.isAutoRepeat) click(); }
    onClicked: act()
    onActiveFocusChanged: {
        if (!activeFocus)
            return;
        if (Guide.chosen !== control)
            Guide.chosen = null;
        Guide.tell(aloud);
    }

    onCheckedChanged: if (activeFocus)
        Qt.callLater(sayItself) // its words have not followed yet

    // With the voice guide on, the first touch says what it is.
    MouseArea {
        anchors.fill: parent
        z: 1
        visible: Guide.on && Guide.chosen !== control
        onClicked: Guide.choose(control, control.aloud)
    }

    Timer {
        id: rest
        interval: Theme.tremor
    }

    FocusRing {
        shown: control.visualFocus
        radius: control.radius + Theme.ring * 2
    }
}
