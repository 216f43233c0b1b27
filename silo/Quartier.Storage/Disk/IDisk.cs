namespace Quartier.Storage.Disk;

/// <summary>
/// The files of the store apart from its databases. Paths are relative to the data directory, with '/'. Every failure is an
/// <see cref="IOException"/>. What changes the directory is durable on return.
/// </summary>
internal interface IDisk
{
    /// <summary>Names of the files in the folder, in ordinal order; empty when there is no such folder.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Creates a file of that many zero bytes, all of them allocated and durable, so that writing within it never needs space.</summary>
    IDiskFile Create(string path, long bytes);

    /// <summary>Creates an empty file that only the program's own account may read, replacing one of that name.</summary>
    IDiskFile CreatePrivate(string path);

    /// <summary>Whether only the program's own account may read the file; true where the system has no such rights.</summary>
    bool IsPrivate(string path);

    /// <summary>Opens an existing file.</summary>
    IDiskFile Open(string path);

    /// <summary>Removes the file, if it is there.</summary>
    void Delete(string path);

    /// <summary>Moves a file to another folder, replacing what has the same name there.</summary>
    void Move(string from, string to);
}
