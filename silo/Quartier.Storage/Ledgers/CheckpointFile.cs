using System.Text;
using Quartier.Domain.Ledgers;
using Quartier.Storage.Disk;

namespace Quartier.Storage.Ledgers;

/// <summary>Signed checkpoints one behind the other in a file that only grows.</summary>
internal sealed class CheckpointFile(IDisk disk, string path) : IDisposable
{
    private IDiskFile? _file;
    private long _bytes;
    private bool _isUnclean;

    /// <summary>Bytes behind the last whole note that the last <see cref="Read"/> left out: what a crash tore.</summary>
    public long TornBytes { get; private set; }

    /// <summary>The notes as they stand, without a torn one at the end.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public IEnumerable<string> Read()
    {
        if (!Open())
        {
            yield break;
        }

        var (length, note, lines) = (_file!.Length, new StringBuilder(), 0);
        var reader = new LineReader(_file, 0, length);
        while (TryLine(reader, out var line))
        {
            if (note.Length <= SignedNote.CharactersMax)
            {
                note.Append(line).Append('\n');
            }

            if (++lines == SignedNote.Lines)
            {
                _bytes = reader.Offset;
                yield return note.ToString();
                note.Clear();
                lines = 0;
            }
        }

        TornBytes = length - _bytes;
    }

    /// <summary>Appends a note; durable on return.</summary>
    /// <exception cref="IOException">The disk refused; the note does not count.</exception>
    public void Append(string note)
    {
        if (!Open())
        {
            _file = disk.Create(path, 0);
        }

        if (_isUnclean || _file!.Length != _bytes)
        {
            _file!.Truncate(_bytes);
            _file.Flush();
        }

        _isUnclean = true;
        var bytes = Encoding.UTF8.GetBytes(note);
        _file.Write(_bytes, bytes);
        _file.Flush();
        _bytes += bytes.Length;
        _isUnclean = false;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    // Zeros are what a crash leaves of sectors that did not arrive: never a line of a note.
    private static bool TryLine(LineReader reader, out string line)
    {
        var isLine = reader.TryNext(out var bytes) && !bytes.Contains((byte)0);
        line = isLine ? Encoding.UTF8.GetString(bytes) : string.Empty;
        return isLine;
    }

    private bool Open()
    {
        if (_file is not null)
        {
            return true;
        }

        var slash = path.LastIndexOf('/');
        if (!disk.List(slash < 0 ? string.Empty : path[..slash]).Contains(path[(slash + 1)..], StringComparer.Ordinal))
        {
            return false;
        }

        _file = disk.Open(path);
        return true;
    }
}
