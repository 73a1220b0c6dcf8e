using System.Collections.Generic;
using System.Linq;

namespace Kml.KmodGen;

/// <summary>
/// Which folders a module can be built in. Kbuild hands paths on to make, to shells and to compilers as they are, and these see more in some characters
/// than a part of a name: <c>&amp;</c> runs what follows it. The emitted Makefile refuses by the same list; what is not on it was tried on each kernel.
/// </summary>
public static class KbuildPath
{
    private const string Refused = "\"#$%&'()*,:;<=>?[\\]`{|}";

    // What make takes for the end of a word.
    private const string WhiteSpace = " \t\n\v\f\r";

    /// <summary>The characters as a list of make's, for an assignment.</summary>
    internal static string MakeList { get; } = string.Join(' ', Refused.Select(c => c switch { '#' => "\\#", '$' => "$$", _ => c.ToString() }));

    /// <summary>What keeps kbuild from working in a folder.</summary>
    /// <param name="path">The folder's path.</param>
    /// <returns>The characters, each once, and <c>white space</c>; empty if a module can be built there.</returns>
    public static IReadOnlyList<string> Faults(string path) =>
    [
        .. Refused.Where(path.Contains).Select(c => c.ToString()),
        .. path.Any(WhiteSpace.Contains) ? new[] { "white space" } : [],
    ];
}
