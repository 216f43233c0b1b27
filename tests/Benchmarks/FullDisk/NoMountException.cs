namespace Quartier.Benchmarks.FullDisk;

/// <summary>A small file system cannot be mounted here.</summary>
/// <param name="reason">Why.</param>
internal sealed class NoMountException(string reason) : Exception(
    $"""
    A full disk was NOT tested: this process may not mount a file system in memory ({reason}).
    Run it as root:                    sudo ./quartier bench full-disk
    or in a namespace of your own:     unshare --map-root-user --mount ./quartier bench full-disk
    or, in a container, start that with the capability SYS_ADMIN.
    """);
