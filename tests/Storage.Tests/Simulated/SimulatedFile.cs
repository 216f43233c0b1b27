using Quartier.Storage.Disk;

namespace Quartier.Storage.Simulated;

/// <summary>A file whose unsynced writes a crash may keep, drop, reorder or tear, sector by sector.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, int length)
{
    private const int SectorBytes = 512;

    private readonly SortedSet<int> _dirty = [];
    private readonly Content _durable = new(length);
    private readonly Content _current = new(length);

    public long Length => _current.Length;

    public int Read(long offset, Span<byte> buffer)
    {
        var count = (int)Math.Clamp(_current.Length - offset, 0, buffer.Length);
        _current.Span.Slice((int)offset, count).CopyTo(buffer);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var end = (int)offset + bytes.Length;
        if (end > _current.Length)
        {
            _current.Resize(end);
        }

        bytes.CopyTo(_current.Span[(int)offset..]);
        for (var sector = (int)offset / SectorBytes; sector * SectorBytes < end; sector++)
        {
            _dirty.Add(sector);
        }
    }

    /// <summary>Not durable before the next sync: a crash brings the rest back.</summary>
    public void Truncate(long bytes)
    {
        _current.Resize((int)bytes);
        _dirty.RemoveWhere(sector => sector * SectorBytes >= bytes);
    }

    public void Flush()
    {
        foreach (var sector in _dirty)
        {
            Persist(sector);
        }

        _dirty.Clear();
        _durable.Resize(_current.Length);
    }

    /// <summary>A sync that fails: some sectors arrive, and the system takes all of them for clean, so that the next sync does not retry them.</summary>
    public void FailFlush()
    {
        foreach (var sector in _dirty.Where(_ => disk.Toss()))
        {
            Persist(sector);
        }

        _dirty.Clear();
    }

    /// <summary>Power is lost: of what was not synced each sector arrives or not.</summary>
    public void Crash()
    {
        foreach (var sector in _dirty.Where(_ => disk.Toss()))
        {
            Persist(sector);
        }

        _dirty.Clear();
        _current.Resize(_durable.Length);
        _durable.Span.CopyTo(_current.Span);
    }

    /// <summary>The process is killed: the system still writes everything.</summary>
    public void Kill() => Flush();

    /// <summary>Flips bits of the stored bytes.</summary>
    public void Corrupt(int offset, int length)
    {
        for (var i = offset; i < Math.Min(offset + length, _current.Length); i++)
        {
            _current.Span[i] ^= 0x5A;
            _durable.Span[i] ^= 0x5A;
        }
    }

    public IDiskFile Open(string path) => new Handle(disk, this, path);

    private void Persist(int sector)
    {
        var start = sector * SectorBytes;
        var count = Math.Min(SectorBytes, _current.Length - start);
        if (start + count > _durable.Length)
        {
            _durable.Resize(start + count);
        }

        _current.Span.Slice(start, count).CopyTo(_durable.Span[start..]);
    }

    /// <summary>Bytes that grow by doubling: a log is appended to thousands of times.</summary>
    private sealed class Content(int length)
    {
        private byte[] _bytes = new byte[length];

        public int Length { get; private set; } = length;

        public Span<byte> Span => _bytes.AsSpan(0, Length);

        /// <summary>What is added is zero.</summary>
        public void Resize(int bytes)
        {
            if (bytes > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(bytes, 2 * _bytes.Length));
            }

            if (bytes < Length)
            {
                _bytes.AsSpan(bytes, Length - bytes).Clear();
            }

            Length = bytes;
        }
    }

    private sealed class Handle(SimulatedDisk disk, SimulatedFile file, string path) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            // A write that fails or is cut short by the crash leaves any part of itself.
            var half = bytes[..(bytes.Length / 2)];
            try
            {
                disk.Step($"write {path}");
            }
            catch
            {
                file.Write(offset, half);
                throw;
            }

            file.Write(offset, bytes);
        }

        public void Truncate(long bytes)
        {
            disk.Step($"truncate {path}");
            file.Truncate(bytes);
        }

        public void Flush()
        {
            try
            {
                disk.Step($"sync {path}");
            }
            catch (IOException)
            {
                file.FailFlush();
                throw;
            }

            file.Flush();
        }

        public void Dispose()
        {
            // Closing a file makes nothing durable.
        }
    }
}
