import QtQuick
import Mallo.Theme

// A window on a desk or a kitchen wall, read from about a metre: it tells the theme so before anything is laid out.
Window {
    id: window

    width: 1600
    height: 900
    minimumWidth: 1200
    minimumHeight: 700
    color: Theme.surface

    Shortcut {
        sequences: ["F11"]
        onActivated: window.visibility = window.visibility === Window.FullScreen ? Window.Windowed : Window.FullScreen
    }

    Component.onCompleted: {
        Theme.panelWidth = 1600;
        Theme.panelHeight = 900;
        Theme.panelInches = 24;
        Theme.inkMm = 5;
    }
}
