// Unverified, as settings.gradle.kts says. Versions are those of ../pom.xml.
plugins {
    id("com.android.application") version "8.13.0"
    id("org.jetbrains.kotlin.android") version "2.4.21"
}

android {
    namespace = "cn.minqing.app"
    compileSdk = 35
    defaultConfig {
        applicationId = "cn.minqing.app"
        minSdk = 26
        targetSdk = 35
        versionCode = 1
        versionName = "0.1"
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }
    sourceSets["main"].apply {
        res.srcDirs("src/main/design", "src/main/res")
        // cargo run --bin bindings -- kotlin android/app/build/bindings
        kotlin.srcDirs("src/main/kotlin", "build/bindings")
        jniLibs.srcDirs("src/main/jniLibs")
    }
}

kotlin { compilerOptions { jvmTarget.set(org.jetbrains.kotlin.gradle.dsl.JvmTarget.JVM_11) } }

dependencies {
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.10.2")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
    implementation("com.google.zxing:core:3.5.3")
}
