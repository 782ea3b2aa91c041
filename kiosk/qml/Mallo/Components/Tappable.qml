import QtQuick
import QtQuick.Templates as T
import Mallo.Theme

// Whatever can be pressed: acts on release (sliding off does nothing), on Space and on Enter, and once per tremor.
T.AbstractButton {
    id: control

    property bool steady: false // a second tap within Theme.tremor does nothing
    property real radius: Theme.radius

    signal acted

    function act(): void {
        if (steady && rest.running)
            return;
        if (steady)
            rest.start();
        acted();
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

    Timer {
        id: rest
        interval: Theme.tremor
    }

    FocusRing {
        shown: control.visualFocus
        radius: control.radius + Theme.ring * 2
    }
}
