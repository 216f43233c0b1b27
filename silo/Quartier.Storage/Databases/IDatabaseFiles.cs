namespace Quartier.Storage.Databases;

/// <summary>The databases of the store. Paths are relative to the data directory, with '/'.</summary>
internal interface IDatabaseFiles
{
    /// <summary>Names of the database files in the folder, in ordinal order.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Opens a connection; the file is created when absent.</summary>
    Database Open(string path);

    /// <summary>Removes the file and what belongs to it. No connection may be open.</summary>
    void Delete(string path);

    /// <summary>Moves the file and what belongs to it into set-aside/ and returns its new path. No connection may be open.</summary>
    string SetAside(string path);

    /// <summary>Size of the file and what belongs to it in bytes.</summary>
    long SizeBytes(string path);
}
