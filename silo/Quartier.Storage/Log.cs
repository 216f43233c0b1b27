using Microsoft.Extensions.Logging;

namespace Quartier.Storage;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "The data directory {Directory} was open to others (mode {Mode}); it is its owner's alone now (mode 0700).")]
    public static partial void DirectoryTightened(ILogger logger, string directory, string mode);
}
