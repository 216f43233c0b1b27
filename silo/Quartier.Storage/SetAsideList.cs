using System.Collections.Immutable;
using Quartier.Storage.Disk;

namespace Quartier.Storage;

/// <summary>What was found damaged and moved to set-aside/, with the reasons; kept over restarts by the files themselves.</summary>
internal sealed class SetAsideList
{
    /// <summary>Folder of the files.</summary>
    public const string Folder = "set-aside";

    private ImmutableArray<string> _entries;

    /// <summary>Begins with what earlier runs have set aside.</summary>
    public SetAsideList(IDisk disk) =>
        _entries = [.. disk.List(Folder).Select(n => $"{Folder}/{n}: set aside by an earlier run. Remove it when it is no longer needed.")];

    /// <summary>One sentence for each file.</summary>
    public ImmutableArray<string> Entries => _entries;

    /// <summary>Adds a sentence that begins with the file's path.</summary>
    public void Add(string entry) => ImmutableInterlocked.Update(ref _entries, (entries, added) => entries.Add(added), entry);
}
