using System;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>Where a C function keeps its fault: a method in a variable that it returns, a function of the model's where its caller says.</summary>
internal sealed class FaultPlace
{
    /// <summary>The name of the variable or the parameter.</summary>
    public const string Name = "fault";

    private FaultPlace(CExpression value, CExpression address, bool isVariable)
    {
        Value = value;
        Address = address;
        IsVariable = isVariable;
    }

    /// <summary>A variable of a method.</summary>
    public static FaultPlace Variable
    {
        get
        {
            CName fault = new(Name, ScalarType.I32);
            return new(fault, new CPrefix("&", fault, ScalarType.U64), isVariable: true);
        }
    }

    /// <summary>The last parameter of a function.</summary>
    public static FaultPlace Parameter
    {
        get
        {
            CName fault = new(Name, ScalarType.U64);
            return new(new CPrefix("*", fault, ScalarType.I32), fault, isVariable: false);
        }
    }

    /// <summary>The fault.</summary>
    public CExpression Value { get; }

    /// <summary>Its address.</summary>
    public CExpression Address { get; }

    /// <summary>Whether it is a variable.</summary>
    public bool IsVariable { get; }

    /// <summary>The number of a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>One of <c>KML_FAULT_*</c>.</returns>
    public static CExpression Code(Fault fault) => new CName(
        fault switch
        {
            Fault.NoMatch => "KML_FAULT_MATCH",
            Fault.Overflow => "KML_FAULT_OVERFLOW",
            Fault.Index => "KML_FAULT_INDEX",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        },
        ScalarType.I32);
}
