using System.Collections.Generic;
using Kml.KmodGen.Bodies.Tree;

namespace Kml.KmodGen.Bodies.Signatures;

/// <summary>The signature of a C function that a method becomes.</summary>
internal interface ISignature
{
    /// <summary>The parameters, in order.</summary>
    IReadOnlyList<CParameter> Parameters { get; }

    /// <summary>The parameter by which a result is given back; empty for none.</summary>
    string Result { get; }
}
