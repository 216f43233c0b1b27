using System.Text;

namespace Quartier.Domain.Registry;

/// <summary>Reads registry files; the format is in docs/registry.md.</summary>
public static class RegistryFile
{
    /// <summary>Largest file in bytes of UTF-8: 16 MiB, room for 100,000 sensors.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Reads a file. All that is wrong is reported at once, each with line and column.</summary>
    /// <param name="yaml">The file.</param>
    public static RegistryReading Read(string yaml)
    {
        var problems = new ProblemList();
        var bytes = Encoding.UTF8.GetByteCount(yaml);
        if (bytes > MaxBytes)
        {
            problems.Add(0, 0, $"the file has {bytes} bytes; at most {MaxBytes} are accepted. Use sensorModels for what sensors share");
            return new RegistryReading(null, problems.ToImmutable());
        }

        var root = YamlReader.Read(yaml, problems);
        var city = root is null ? null : CityReader.Read(root, problems);
        return new RegistryReading(problems.Any ? null : city, problems.ToImmutable());
    }
}
