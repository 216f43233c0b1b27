using Microsoft.Extensions.Logging;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Tests;

/// <summary>Nobody but its owner reaches what a data directory holds.</summary>
public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ForAll = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TemporaryDirectory _directory = new();

    private string Data => Path.Combine(_directory.Path, "city", "data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_new_directory_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        EmbeddedStore.Open(Data).Dispose();
        Assert.Equal(OwnerOnly, ModeOf(Data));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("city.db")]
    public void A_directory_that_an_earlier_version_left_open_is_closed_and_that_is_logged(string left)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        EmbeddedStore.Open(Data).Dispose();
        foreach (var file in Directory.GetFiles(Data).Where(f => Path.GetFileName(f) != left))
        {
            File.Delete(file);
        }

        SetMode(Data, ForAll);
        var log = new ListLogger();
        EmbeddedStore.Open(Data, logger: log).Dispose();
        Assert.Equal(OwnerOnly, ModeOf(Data));
        var line = Assert.Single(log.Lines);
        Assert.Contains(Data, line, StringComparison.Ordinal);
        Assert.Contains("0755", line, StringComparison.Ordinal);
        EmbeddedStore.Open(Data, logger: log).Dispose();
        Assert.Single(log.Lines);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead, "0740")]
    [InlineData(UnixFileMode.GroupExecute, "0710")]
    [InlineData(UnixFileMode.OtherWrite, "0702")]
    [InlineData(UnixFileMode.OtherRead | UnixFileMode.StickyBit, "1704")]
    public void A_directory_that_somebody_else_made_is_refused_and_left_as_it_is(UnixFileMode open, string octal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "holiday.jpg"), "not ours");
        SetMode(Data, OwnerOnly | open);
        var refusal = Assert.Throws<StoreException>(() => EmbeddedStore.Open(Data));
        Assert.Contains($"mode {octal}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"chmod 700 '{Data}'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(OwnerOnly | open, ModeOf(Data));
        Assert.Single(Directory.GetFileSystemEntries(Data));
        SetMode(Data, OwnerOnly);
        EmbeddedStore.Open(Data).Dispose();
    }

    [Fact]
    public void Behind_a_link_the_mode_of_the_directory_counts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Directory.CreateDirectory(Data);
        SetMode(Data, OwnerOnly);
        var link = Path.Combine(_directory.Path, "link");
        Directory.CreateSymbolicLink(link, Data);
        EmbeddedStore.Open(link).Dispose();
        SetMode(Data, ForAll);
        EmbeddedStore.Open(link).Dispose();
        Assert.Equal(OwnerOnly, ModeOf(Data));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
