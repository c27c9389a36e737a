# OpenMP comes before FAISS, whose config file names its target without looking for it.
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(OpenCV REQUIRED COMPONENTS core imgproc imgcodecs)
# The codecs that OpenCV uses; JPEG, PNG and WebP (which has no CMake file) are also called directly.
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(BLAS REQUIRED)
find_package(LAPACK REQUIRED)
find_package(faiss REQUIRED)
include(LibTorch)
find_package(CLI11 REQUIRED)
find_package(Threads REQUIRED)
