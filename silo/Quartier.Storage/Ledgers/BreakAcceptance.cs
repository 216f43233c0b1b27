using System.Buffers;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>
/// Keeps the files of a broken ledger aside and begins the next log with an entry that names the break. That entry is on the disk before the first file is moved, and in
/// its place only after the last one is: whatever interrupts it leaves a ledger that is broken, never one that looks as if nothing had happened.
/// </summary>
internal sealed class BreakAcceptance(LedgerPlace place, string city)
{
    /// <summary>Moves the files and begins.</summary>
    /// <param name="generation">Which log of the city it was, from 1.</param>
    /// <param name="entry">The first entry of the next.</param>
    /// <exception cref="IOException">The disk refused; the ledger is broken still, and it can be accepted again.</exception>
    public void Run(int generation, LedgerEntry entry)
    {
        var folder = LedgerPaths.Folder(city);
        var names = place.Disk.List(folder);
        if (names.Contains(LedgerPaths.Accepting, StringComparer.Ordinal))
        {
            place.Disk.Move($"{folder}/{LedgerPaths.Accepting}", $"{folder}/{LedgerPaths.Aside(generation)}{LedgerPaths.Accepting}");
        }

        Write($"{folder}/{LedgerPaths.Accepting}", entry);
        foreach (var name in names.Where(n => LedgerPaths.TryFirst(n, out _)))
        {
            place.Disk.Move($"{folder}/{name}", $"{folder}/{LedgerPaths.Aside(generation)}{name}");
        }

        if (names.Contains(LedgerPaths.CheckpointsName, StringComparer.Ordinal))
        {
            place.Disk.Move(LedgerPaths.Checkpoints(city), $"{folder}/{LedgerPaths.Aside(generation)}{LedgerPaths.CheckpointsName}");
        }

        var outside = LedgerPaths.Outside(city);
        if (place.Outside is { } copies && copies.List(string.Empty).Contains(outside, StringComparer.Ordinal))
        {
            copies.Move(outside, $"{city}.{LedgerPaths.Aside(generation)}{LedgerPaths.CheckpointsName}");
        }

        place.Disk.Move($"{folder}/{LedgerPaths.Accepting}", LedgerPaths.Segment(city, 0));
    }

    private void Write(string path, LedgerEntry entry)
    {
        var line = new ArrayBufferWriter<byte>();
        EntryLine.Write(line, 0, entry, EntryLine.NewSalts(1)[0]);
        line.Write("\n"u8);
        using var file = place.Disk.Create(path, 0);
        file.Write(0, line.WrittenSpan);
        file.Flush();
    }
}
