namespace Quartier.Cli.Demo;

/// <summary>The directory in which the demo's silo keeps its data; a temporary one is removed at the end.</summary>
internal sealed class DemoDirectory : IDisposable
{
    private readonly bool isTemporary;

    public DemoDirectory(string? named, bool keep)
    {
        isTemporary = named is null && !keep;
        FullPath = named is null ? Directory.CreateTempSubdirectory("quartier-demo-").FullName : Directory.CreateDirectory(named).FullName;
    }

    public string FullPath { get; }

    /// <summary>The silo's local key.</summary>
    public string KeyFile => Path.Combine(FullPath, ServerKey.LocalFileName);

    public void Dispose()
    {
        if (isTemporary)
        {
            Directory.Delete(FullPath, recursive: true);
        }
    }
}
