// For Android Studio. Never run where this was written (no Android SDK there): the build that is tested is pom.xml.
pluginManagement { repositories { google(); mavenCentral(); gradlePluginPortal() } }
dependencyResolutionManagement { repositories { google(); mavenCentral() } }
rootProject.name = "minqing"
include(":app")
