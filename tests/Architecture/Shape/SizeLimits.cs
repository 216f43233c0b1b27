using Architecture.Tree;

namespace Architecture.Shape;

/// <summary>How long and how deep code may be (house style 3). Test code is measured apart: its tables and fixtures are longer.</summary>
internal sealed record SizeLimits(int FileLines, int MethodLines, int Parameters, int Nesting)
{
    public static SizeLimits Product { get; } = new(400, 60, 6, 3);

    public static SizeLimits Tests { get; } = new(600, 80, 6, int.MaxValue);

    public static SizeLimits For(SourceFile file) => file.IsTest ? Tests : Product;
}
